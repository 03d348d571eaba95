/** PostgreSQL plumbing: the pool, transactions, migrations, and durable jobs staged in the caller's transaction. */
@NullMarked
package ai.cscx.chorus.store;

import org.jspecify.annotations.NullMarked;
