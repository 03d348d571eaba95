-- A small number for each customer: a portfolio of thousands of customers is a bitmap of a few kilobytes in a search.
ALTER TABLE customers ADD COLUMN number INTEGER GENERATED ALWAYS AS IDENTITY UNIQUE;
COMMENT ON COLUMN customers.number IS 'how the search index knows the customer; never given to another one';
