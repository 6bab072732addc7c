create statistics flight_deps (dependencies, mcv) on airline, number from flight;
create statistics flight_day on (date_trunc('month', day)) from flight;
create statistics if not exists flight_all on airline, number, day from flight;
