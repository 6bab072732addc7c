alter function vat(numeric) rename to value_added_tax;
alter function greet stable cost 50;
alter function greet(text) reset search_path;
alter function greet security invoker;
