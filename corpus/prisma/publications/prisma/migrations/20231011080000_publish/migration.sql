create publication pub_names for table sender (id, name) where (id > 10);
create publication pub_feed for tables in schema feed with (publish = 'insert, update');
create publication pub_empty;
