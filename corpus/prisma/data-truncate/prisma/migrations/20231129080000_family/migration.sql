truncate table parent restart identity cascade;
