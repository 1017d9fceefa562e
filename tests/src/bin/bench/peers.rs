//! The peers: PostgreSQL with pgbench, and nginx, as Debian ships them, each in a folder of its own under target/.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tests::{
    Result, ensure, ports,
    process::Process,
    waiting::{PATIENCE, eventually},
};
use tokio::{net::TcpStream, process::Command};

/// The register's own columns and indexes.
const TABLES: &str = "
    CREATE TABLE devices (number bigint PRIMARY KEY, id text NOT NULL UNIQUE, token_hash text NOT NULL UNIQUE,
        public_key text NOT NULL, received_us bigint NOT NULL);
    CREATE TABLE records (change bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, id text NOT NULL,
        device bigint NOT NULL REFERENCES devices (number) ON DELETE CASCADE, version int NOT NULL,
        received_us bigint NOT NULL, bytes int NOT NULL, record text, UNIQUE (id, kind));
    CREATE INDEX records_by_device ON records (device, kind, bytes);
    CREATE INDEX records_by_age ON records (kind, received_us);
    CREATE TABLE trips (change bigint PRIMARY KEY REFERENCES records (change) ON DELETE CASCADE, id text NOT NULL,
        device bigint NOT NULL, people int NOT NULL, received_us bigint NOT NULL, ended_us bigint NOT NULL);
    CREATE TABLE legs (change bigint NOT NULL REFERENCES trips (change) ON DELETE CASCADE, position int NOT NULL,
        country text NOT NULL, airport text, from_us bigint NOT NULL, until_us bigint NOT NULL, is_last int NOT NULL,
        PRIMARY KEY (change, position));
    CREATE INDEX legs_by_country ON legs (country, until_us, from_us, is_last);
    CREATE INDEX legs_by_airport ON legs (airport, until_us, from_us, is_last) WHERE airport IS NOT NULL;
    INSERT INTO devices SELECT n, n::text, repeat(n::text, 8), repeat('k', 43), n FROM generate_series(1, 256) AS n;
    CREATE TABLE body (record text NOT NULL);";

/// One trip of two legs, one commit.
const INSERT: &str = "\\set device random(1, 256)
BEGIN;
INSERT INTO records (kind, id, device, version, received_us, bytes, record)
    SELECT 'trip', gen_random_uuid()::text, (:device)::bigint, 1, 1772352000000000, length(record), record FROM body
    RETURNING change, id AS trip \\gset
INSERT INTO trips VALUES (:change, :trip, :device, 3, 1772352000000000, 1772352000000002);
INSERT INTO legs VALUES (:change, 0, 'QA', 'DOH', 1772352000000000, 1772352000000001, 0),
    (:change, 1, 'AE', NULL, 1772352000000001, 1772352000000002, 1);
COMMIT;
";

/// A server whose every commit is on disk before it is answered: fsync and synchronous_commit as they come.
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    script: PathBuf,
    _server: Process,
}

impl Postgres {
    /// `record` is what the register keeps of a trip beside its columns.
    pub async fn start(folder: &Path, record: &str) -> Result<Self> {
        let folder = folder.join("postgres");
        fs::create_dir(&folder)?;
        // the user postgres must get in
        for above in folder.ancestors().take(2) {
            fs::set_permissions(above, fs::Permissions::from_mode(0o755))?;
        }
        let as_root = rustix::process::geteuid().is_root();
        if as_root {
            run(Command::new("chown").arg("postgres").arg(&folder)).await?;
        }
        let (data, port, script) = (folder.join("data"), ports::free()?, folder.join("insert.sql"));
        fs::write(&script, INSERT)?;
        run(as_postgres("initdb").arg("--pgdata").arg(&data).args(["--auth", "trust", "--no-sync"])).await?;
        let mut command = as_postgres("postgres");
        command.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-h", "", "-p", &port.to_string()]);
        command.args(["-c", "max_connections=300"]).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Process::start("PostgreSQL", &mut command)?;
        let postgres = Self { folder, port, script, _server: server };
        eventually("PostgreSQL", PATIENCE, async || Ok(postgres.sql("SELECT 1").await.ok())).await?;
        postgres.sql(TABLES).await?;
        postgres.sql(&format!("INSERT INTO body VALUES ('{record}')")).await?;
        Ok(postgres)
    }

    pub async fn inserts_a_second(&self, clients: usize, lasts: Duration) -> Result<f64> {
        let mut command = self.at(as_postgres("pgbench"));
        command.arg("--no-vacuum").arg("--file").arg(&self.script).args(["--protocol", "prepared", "--jobs", "2"]);
        command.args(["--client", &clients.to_string(), "--time", &lasts.as_secs().to_string(), "postgres"]);
        let said = run(&mut command).await?;
        let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        tps.ok_or_else(|| format!("pgbench says {said}").into())
    }

    async fn sql(&self, text: &str) -> Result<String> {
        run(self.at(as_postgres("psql")).args(["--quiet", "--command", text, "postgres"])).await
    }

    fn at(&self, mut command: Command) -> Command {
        command.arg("--host").arg(&self.folder).args(["--port", &self.port.to_string()]);
        command
    }
}

/// A program of PostgreSQL's, which refuses to run as root.
fn as_postgres(program: &str) -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let own = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders: Vec<String> = own.map(|version| version.path().join("bin").display().to_string()).collect();
    let path = format!("{}:{path}", folders.join(":"));
    let mut command = Command::new(if rustix::process::geteuid().is_root() { "setpriv" } else { "env" });
    if rustix::process::geteuid().is_root() {
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups", "env"]);
    }
    command.arg(format!("PATH={path}")).arg(program).current_dir("/");
    command
}

pub struct Nginx {
    url: String,
    _server: Process,
}

impl Nginx {
    /// Serves `bytes` at `path`.
    pub async fn start(folder: &Path, path: &str, bytes: &[u8]) -> Result<Self> {
        let folder = folder.join("nginx");
        let file = folder.join(path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().ok_or("a file needs a folder")?)?;
        fs::write(&file, bytes)?;
        let (port, at) = (ports::free()?, folder.display());
        let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
        let settings = format!(
            "{user} daemon off; pid {at}/pid; error_log {at}/error.log; worker_processes auto; events {{ worker_connections 512; }}
             http {{ access_log off; keepalive_requests 100000000; sendfile on; tcp_nodelay on;
             client_body_temp_path {at}/a; proxy_temp_path {at}/b; fastcgi_temp_path {at}/c; uwsgi_temp_path {at}/d; scgi_temp_path {at}/e;
             server {{ listen 127.0.0.1:{port}; root {at}; }} }}"
        );
        let conf = folder.join("nginx.conf");
        fs::write(&conf, settings)?;
        let mut command = Command::new("nginx");
        command.arg("-c").arg(&conf).arg("-p").arg(&folder).env("PATH", "/usr/sbin:/usr/bin:/bin");
        let server = Process::start_group("nginx", &mut command)?;
        let listens = async || Ok(TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop));
        eventually("nginx", PATIENCE, listens).await?;
        Ok(Self { url: format!("http://127.0.0.1:{port}"), _server: server })
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

async fn run(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().await?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(said)
}
