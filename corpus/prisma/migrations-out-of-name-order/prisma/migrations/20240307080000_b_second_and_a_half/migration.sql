alter table first_table rename b to c;
