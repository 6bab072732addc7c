alter table truck no inherit vehicle;
alter table vehicle drop column colour;
