create table visit (id bigserial primary key, place text not null, seconds bigint not null);
create view visit_totals as select place, seconds + 0 as total from visit;
create table visit_report as select * from visit_totals;
create table visit_known as select v.id, place, count(*) over (partition by place) as visits from visit v;
create table visit_guess as select place, coalesce(seconds, 0) as s, place || '!' as p from visit;
