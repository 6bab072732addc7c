delete from house where id = 2;
