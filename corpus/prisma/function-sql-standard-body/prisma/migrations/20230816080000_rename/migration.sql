alter table basket rename column pieces to amount;
alter table basket rename to fruit_basket;
