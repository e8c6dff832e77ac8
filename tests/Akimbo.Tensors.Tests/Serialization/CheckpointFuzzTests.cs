using System.Diagnostics;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Serialization;

/// <summary>
/// Damaged files end in a <see cref="CheckpointFormatException"/> or in tensors that can be converted; never in
/// another error, and never in much time or memory.
/// </summary>
public class CheckpointFuzzTests
{
    private const long MaxAllocatedBytes = 64 << 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    [Fact]
    public void Read_MutatedZipCheckpoint_FailsCleanlyOrGivesTensors() => Fuzz("models/bearpaw_hg_narrow.pth.tar", ReadCheckpoint);

    [Fact]
    public void Read_MutatedLegacyCheckpoint_FailsCleanlyOrGivesTensors() => Fuzz("models/princeton_hg_legacy.pt", ReadCheckpoint);

    [Fact]
    public void Read_MutatedSafetensors_FailsCleanlyOrGivesTensors() => Fuzz("models/princeton_hg_eval.safetensors", ReadSafetensors);

    [Fact]
    public void Read_MutatedSmallFiles_FailsCleanlyOrGivesTensors()
    {
        byte[] pickle = new PickleWriter()
            .Dict(
                ("epoch", v => v.Int(3)),
                ("state_dict", v => v.Dict(
                    ("a", t => t.Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3])),
                    ("b", t => t.Tensor("LongStorage", "1", 1, 0, [], [])))))
            .ToArray();

        Fuzz(Containers.Zip(pickle, ("0", new byte[24]), ("1", new byte[8])), mutations: 2000, ReadCheckpoint);
        Fuzz(Containers.Legacy(pickle, ("0", 6, new byte[24]), ("1", 1, new byte[8])), mutations: 2000, ReadCheckpoint);
        Fuzz(Containers.Safetensors("""{"a":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},"b":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}""", 32), mutations: 2000, ReadSafetensors);
    }

    private static IEnumerable<StoredTensor> ReadCheckpoint(byte[] bytes) => PyTorchCheckpoint.Read(bytes, Containers.Name).StateDict.Values;

    private static IEnumerable<StoredTensor> ReadSafetensors(byte[] bytes) => Safetensors.Read(bytes, Containers.Name).Tensors.Values;

    private static void Fuzz(string fixture, Func<byte[], IEnumerable<StoredTensor>> read) => Fuzz(File.ReadAllBytes(Repository.Fixture(fixture)), mutations: 200, read);

    private static void Fuzz(byte[] original, int mutations, Func<byte[], IEnumerable<StoredTensor>> read)
    {
        int refused = 0;
        var clock = Stopwatch.StartNew();
        for (int seed = 0; seed < mutations; seed++)
        {
            byte[] bytes = Mutate(original, new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                foreach (var tensor in read(bytes)) tensor.ToTensor();
            }
            catch (CheckpointFormatException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MaxAllocatedBytes, $"Seed {seed} allocated {allocated} bytes.");
        }

        Assert.True(clock.Elapsed < MaxTime, $"{mutations} files took {clock.Elapsed}.");
        Assert.InRange(refused, mutations / 10, mutations);
    }

    /// <summary>Cuts the file short, flips bits or overwrites runs of bytes, more often near its beginning, where the structure is.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        if (random.Next(5) == 0) return original[..Place()];

        byte[] bytes = [.. original];
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int place = Place();
            if (random.Next(2) == 0) bytes[place] ^= (byte)(1 << random.Next(8));
            else random.NextBytes(bytes.AsSpan(place, Math.Min(random.Next(1, 9), bytes.Length - place)));
        }

        return bytes;

        int Place()
        {
            double uniform = random.NextDouble();
            double where = random.Next(4) switch { 0 => uniform, 1 => 1 - Math.Pow(uniform, 8), _ => Math.Pow(uniform, 4) };
            return Math.Min((int)(where * original.Length), original.Length - 1);
        }
    }
}
