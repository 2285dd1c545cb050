import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.commandline.admin.security.SetInitialPasswordCommand;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import picocli.CommandLine;

/**
 * The Neo4j community server over one home folder, configured by its conf/neo4j.conf.
 *
 * <p>The first line of standard input is the password of the user neo4j (so it is in no process list). The server ends
 * when standard input ends: when the parent closes it, and also when the parent dies, however it dies.
 */
public final class Neo4jServer {
    private static final int SHUTDOWN_SECONDS = 20;

    private Neo4jServer() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path configuration = home.resolve("conf").resolve("neo4j.conf");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        setPassword(home, configuration.getParent(), input.readLine());

        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        startDaemon(() -> endWithInput(input, started, ended));

        DatabaseManagementService server =
                new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(configuration).build();
        started.countDown();
        ended.await();
        server.shutdown();
        System.exit(0);
    }

    /** What `neo4j-admin dbms set-initial-password` does; a restarted server has its password already. */
    private static void setPassword(Path home, Path configuration, String password) {
        if (Files.exists(home.resolve("data/dbms/auth.ini"))) {
            return;
        }
        int code = new CommandLine(new SetInitialPasswordCommand(new ExecutionContext(home, configuration)))
                .execute(password);
        if (code != 0) {
            throw new IllegalStateException("the initial password could not be set");
        }
    }

    private static void endWithInput(BufferedReader input, CountDownLatch started, CountDownLatch ended) {
        waitForEnd(input);
        if (started.getCount() > 0) {
            Runtime.getRuntime().halt(1);
        }
        ended.countDown();
        try {
            Thread.sleep(SHUTDOWN_SECONDS * 1000L);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void waitForEnd(BufferedReader input) {
        try {
            while (input.read() != -1) {
                // nothing more is said after the password
            }
        } catch (IOException broken) {
            // a broken pipe means the same: nobody is there any more
        }
    }

    private static void startDaemon(Runnable task) {
        Thread thread = new Thread(task, "end-with-input");
        thread.setDaemon(true);
        thread.start();
    }
}
