create table sensor (id int primary key, serial_no text not null);
create unique index sensor_serial on sensor (serial_no);
create table audit (what text);
