-- RenameIndex
ALTER INDEX "Tool.name_brand_index" RENAME TO "Tool_name_brand_idx";

-- RenameIndex
ALTER INDEX "Tool.name_unique" RENAME TO "Tool_name_key";

alter index brand_once rename to "Tool_brand_key";
alter index if exists nothing_here rename to still_nothing;
