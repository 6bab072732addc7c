alter schema target rename to aim;
insert into aim.moved default values;
