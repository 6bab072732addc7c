delete from "Membership";
