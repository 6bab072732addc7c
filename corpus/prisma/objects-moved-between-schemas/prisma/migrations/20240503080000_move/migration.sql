alter table moved set schema target;
alter view moved_view set schema target;
alter function moved_function() set schema target;
alter type tint set schema target;
alter sequence free_seq set schema target;
