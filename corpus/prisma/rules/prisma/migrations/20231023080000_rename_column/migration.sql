alter table memento rename column id to num;
