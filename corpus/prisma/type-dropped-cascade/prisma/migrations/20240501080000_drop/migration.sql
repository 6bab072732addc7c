drop type grade cascade;
drop domain points cascade;
