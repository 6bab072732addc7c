drop rule no_delete on keepsake;
delete from keepsake where id = 1;
