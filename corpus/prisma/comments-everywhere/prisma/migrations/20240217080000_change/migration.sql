--no space
ALTER TABLE--directly
"Remark"/*between*/ADD COLUMN/**/"n" INTEGER--
;;
;
select 1--1
+ 1;
