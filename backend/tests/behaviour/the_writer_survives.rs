use ministry::storage::{
    StorageError,
    sqlite::{Database, Schema},
};

#[tokio::test]
async fn a_write_that_panics_fails_alone_and_the_next_goes_through() {
    let folder = tempfile::TempDir::new().unwrap();
    let database = Database::create(&folder.path().join("register.db"), Schema::Register).unwrap();
    let count = || {
        database.read(|connection| {
            Ok::<_, StorageError>(
                connection.query_row("SELECT count(*) FROM register", [], |row| row.get::<_, u32>(0))?,
            )
        })
    };
    let panics = database.write(
        |connection| -> Result<(), StorageError> {
            connection.execute("INSERT INTO register (only, epoch) VALUES (1, 'half')", [])?;
            panic!("as a defect would")
        },
        |()| {},
    );
    assert!(matches!(panics.await, Err(StorageError::Panicked)));
    assert_eq!(count().await.unwrap(), 0, "what it wrote is taken back");
    let next = database.write(
        |connection| -> Result<(), StorageError> {
            Ok(connection.execute("INSERT INTO register (only, epoch) VALUES (1, 'whole')", []).map(drop)?)
        },
        |()| {},
    );
    next.await.unwrap();
    assert_eq!(count().await.unwrap(), 1);
}
