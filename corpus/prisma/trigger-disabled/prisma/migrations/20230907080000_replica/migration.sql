alter table part enable replica trigger bump_twice;
