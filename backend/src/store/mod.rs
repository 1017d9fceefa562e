//! The front's SQLite file: one writer thread that commits in groups, readers beside it.

pub mod log;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// How many waiting writes share one commit, and so one fsync.
const GROUP: usize = 256;

#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    #[error("there is no database at {0}; make a ministry with `ministry init`")]
    Missing(PathBuf),
    #[error("the database is of version {found}, newer than this program, which knows {known}; it was left untouched")]
    Newer { found: u32, known: u32 },
    #[error("the database could not be brought to this program's version")]
    Migration(#[source] Arc<refinery::Error>),
    #[error("the database failed")]
    Sqlite(#[source] Arc<rusqlite::Error>),
    #[error("the database's thread could not be started")]
    Thread(#[source] Arc<std::io::Error>),
    #[error("the database has stopped")]
    Stopped,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

type Finish = Box<dyn FnOnce(Result<(), StoreError>)>;
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Finish + Send>;

#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
    readers: Mutex<Vec<Connection>>,
}

impl Database {
    /// Makes a new file with the newest tables.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Self::start(path, Connection::open(path)?)
    }

    /// Opens a file that is there, and brings it forward; one newer than the program is refused untouched.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        refuse_newer(path)?;
        Self::start(path, Connection::open(path)?)
    }

    fn start(path: &Path, mut connection: Connection) -> Result<Self, StoreError> {
        prepare(&connection)?;
        embedded::migrations::runner().run(&mut connection).map_err(|error| StoreError::Migration(Arc::new(error)))?;
        let (jobs, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("front-writer".into())
            .spawn(move || write_all(&connection, &queue))
            .map_err(|error| StoreError::Thread(Arc::new(error)))?;
        Ok(Self { inner: Arc::new(Inner { path: path.to_owned(), jobs, readers: Mutex::default() }) })
    }

    /// Runs `work` on the writer and answers once it is on the disk. `committed` runs there too, right after
    /// the commit, so that what it announces is announced in the order of the commits.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        committed: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let outcome = connection.map_err(E::from).and_then(|connection| in_savepoint(connection, work));
            Box::new(move |commit| {
                let outcome = outcome.and_then(|value| commit.map(|()| value).map_err(E::from));
                if let Ok(value) = &outcome {
                    committed(value);
                }
                // whoever asked may have hung up; what was written stands
                drop(reply.send(outcome));
            })
        });
        self.inner.jobs.send(job).map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `work` on a reader, off the async threads.
    pub async fn read<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let inner = self.inner.clone();
        let task = tokio::task::spawn_blocking(move || {
            let idle = inner.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let reader = match idle {
                Some(reader) => reader,
                None => open_reader(&inner.path)?,
            };
            let outcome = work(&reader);
            inner.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
            outcome
        });
        task.await.map_err(|_| StoreError::Stopped)?
    }
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
    )?;
    Ok(())
}

fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags)?;
    reader.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(reader)
}

fn refuse_newer(path: &Path) -> Result<(), StoreError> {
    let reader = open_reader(path)?;
    if !reader.table_exists(None, "refinery_schema_history")? {
        return Ok(());
    }
    let found: Option<u32> =
        reader.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))?;
    let runner = embedded::migrations::runner();
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max();
    match (found, known) {
        (Some(found), Some(known)) if found > known as u32 => Err(StoreError::Newer { found, known: known as u32 }),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

fn write_all(connection: &Connection, queue: &mpsc::Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let group = std::iter::once(first).chain(queue.try_iter().take(GROUP - 1));
        let begun = connection.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from);
        let waiting: Vec<Finish> = group.map(|job| job(begun.clone().map(|()| connection))).collect();
        let outcome = begun.and_then(|()| connection.execute_batch("COMMIT").map_err(StoreError::from));
        if outcome.is_err()
            && !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a failed commit could not be rolled back");
        }
        for finish in waiting {
            finish(outcome.clone());
        }
    }
}

/// One job's failure takes back that job only, not the group it shares a commit with.
fn in_savepoint<T, E: From<StoreError>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let run = |sql: &str| connection.execute_batch(sql).map_err(StoreError::from);
    run("SAVEPOINT job")?;
    let outcome = work(connection);
    match &outcome {
        Ok(_) => run("RELEASE job")?,
        Err(_) => run("ROLLBACK TO job; RELEASE job")?,
    }
    outcome
}
