alter schema store rename to depot;
update depot.stock set n = 2;
