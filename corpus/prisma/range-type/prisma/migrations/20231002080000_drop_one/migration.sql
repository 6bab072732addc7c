alter table band drop column f;
drop type float_range;
