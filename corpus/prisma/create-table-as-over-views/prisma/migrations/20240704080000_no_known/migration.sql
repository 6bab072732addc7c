drop table visit_known;
