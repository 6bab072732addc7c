alter table stone inherit thing;
