alter table thing alter column age type bigint;
alter table thing alter column age drop default;
alter table thing rename constraint labelled to has_label;
alter table only thing alter column label set default 'y';
