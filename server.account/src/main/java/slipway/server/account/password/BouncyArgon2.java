package slipway.server.account.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 of Bouncy Castle.
 *
 * <p>The memory of a hash is some twenty thousand blocks of 1 KiB. They are kept for the next hash,
 * cleared, so that a burst of log-ins is not a burst of garbage.
 */
public final class BouncyArgon2 implements Argon2 {

  private FixedBlockPool blocks;
  private int kept;

  @Override
  public byte[] hash(HashCost cost, byte[] salt, byte[] password, int length) {
    if (blocks == null || kept != cost.memory()) {
      blocks = new FixedBlockPool(cost.memory());
      kept = cost.memory();
    }
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.iterations())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .withBlockPool(blocks)
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] hash = new byte[length];
    generator.generateBytes(password, hash);
    return hash;
  }
}
