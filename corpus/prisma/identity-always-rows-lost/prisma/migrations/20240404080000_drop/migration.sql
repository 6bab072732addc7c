-- DropTable
DROP TABLE "voucher";
