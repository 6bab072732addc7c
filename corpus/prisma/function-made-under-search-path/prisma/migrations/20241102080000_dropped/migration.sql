DROP FUNCTION shop.usual_size();
DROP FUNCTION shop.larger(shop.size);
