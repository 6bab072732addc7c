alter trigger post_edited on post rename to count_edits;
alter table post rename to article;
update article set title = 'Hello';
