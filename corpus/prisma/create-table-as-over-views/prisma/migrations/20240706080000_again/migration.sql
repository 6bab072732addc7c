create table visit_again as select place, total, max(total) over () as most from visit_totals;
create index on visit_again (place);
