DROP TABLE sale_backup;
