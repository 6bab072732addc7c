DROP TABLE child, husband, wife;
