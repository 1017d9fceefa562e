mod lists;
mod people;
mod rolls;
mod workbooks;
