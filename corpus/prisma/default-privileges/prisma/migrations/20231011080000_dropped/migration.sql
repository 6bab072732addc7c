DROP TABLE before_it;
DROP TABLE after_it;
DROP FUNCTION hidden();
