drop table visit_again;
alter table visit rename column seconds to duration;
