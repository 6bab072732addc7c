alter type colour add value 'blue';
alter type size add value 'xs' before 's';
alter type colour add value if not exists 'black' after 'red';
alter type size add value 'l';
