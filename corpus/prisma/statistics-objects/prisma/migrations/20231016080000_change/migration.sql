alter statistics flight_deps rename to flight_dependencies;
alter statistics flight_all set statistics 300;
drop statistics flight_day;
