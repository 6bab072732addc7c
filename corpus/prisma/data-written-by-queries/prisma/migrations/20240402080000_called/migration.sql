SELECT * FROM taken(1);
