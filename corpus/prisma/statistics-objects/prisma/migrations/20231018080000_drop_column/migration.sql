alter table trip drop column num;
