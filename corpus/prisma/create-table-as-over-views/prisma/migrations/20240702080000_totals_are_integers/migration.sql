drop view visit_totals;
create view visit_totals as select place, seconds::integer as total from visit;
drop table visit_report;
