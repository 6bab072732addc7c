alter foreign table nothing options (set delimiter ';');
alter foreign table nothing rename column x to y;
