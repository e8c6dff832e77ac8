using System.Buffers.Binary;
using System.Diagnostics;
using Akimbo.Tensors.Serialization;
using static Akimbo.Tensors.Tests.Serialization.MatWriter;

namespace Akimbo.Tensors.Tests.Serialization;

public class MatFileMalformedTests
{
    private const int Mutations = 2000;

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "The file has 0 bytes", [] },
        { "HDF5 file", [0x89, .. "HDF\r\n\u001a\n"u8, .. new byte[200]] },
        { "version 7.3", Header(version: 0x0200) },
        { "version 0x0300", Header(version: 0x0300) },
        { "big-endian", Header(mark: "MI") },
        { "no MATLAB file of version 5", new byte[300] },
        { "1 are left", MatWriter.File([0]) },
        { "An element of 800 bytes is expected where 0 are left", MatWriter.File([14, 0, 0, 0, 32, 3, 0, 0]) },
        { "5 bytes is said to lie in the four", MatWriter.File([1, 0, 5, 0, 0, 0, 0, 0]) },
        { "element of type 9; 14 (matrix)", MatWriter.File(Element(MiDouble, new byte[8])) },
        { "appears twice", MatWriter.File(Doubles("a", [1, 1], 1), Doubles("a", [1, 1], 1)) },
        { "array of 1000×1000 elements of 8 bytes has 8 bytes", MatWriter.File(Doubles("a", [1000, 1000], 1)) },
        { "dimension of length -1", MatWriter.File(Doubles("a", [1, -1], 1)) },
        { "more than can be held", MatWriter.File(Doubles("a", [int.MaxValue, int.MaxValue, int.MaxValue], 1)) },
        { "2 to 32 32-bit integers", MatWriter.File(Doubles("a", [1], 1)) },
        { "class 77", MatWriter.File(MatWriter.Array(77, "a", [1, 1])) },
        { "holds none", MatWriter.File(MatWriter.Array(DoubleClass, "a", [1, 1], Element(16, new byte[8]))) },
        { "2000000000 arrays are expected", MatWriter.File(MatWriter.Array(CellClass, "a", [1, 2_000_000_000])) },
        { "more than can be held", MatWriter.File(Structs("a", 2_000_000_000, ["x", "y"])) },
        { "field names take 33 bytes, 32 for each", MatWriter.File(MatWriter.Array(StructClass, "a", [1, 1], Small(MiInt32, Bytes([32])), Element(MiInt8, new byte[33]))) },
        { "more than 32 deep", MatWriter.File(Nested(depth: 40)) },
        { "damaged", MatWriter.File([15, 0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4]) },
        { "claims to expand to", MatWriter.File(Compress([14, 0, 0, 0, 0, 0, 0, 0x1f])) },
        { "goes on after", MatWriter.File(Compress([.. Doubles("a", [1, 1], 1), 0])) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Read_MalformedFile_SaysWhat(string message, byte[] bytes)
    {
        var exception = Assert.Throws<CheckpointFormatException>(() => MatFile.Read(bytes, "test.mat"));
        Assert.StartsWith("test.mat: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ZipBombs_StopsAtTheLimit()
    {
        // 200 MiB of zeros deflate to 200 KiB; three of them are more than is expanded.
        byte[] bomb = new byte[8 + (200 << 20)];
        BinaryPrimitives.WriteInt32LittleEndian(bomb, MiMatrix);
        BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(4), bomb.Length - 8);
        Doubles("a", [5000, 5000], 0).AsSpan(8, 40).CopyTo(bomb.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(48), MiDouble);
        BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(52), 200_000_000);
        byte[] compressed = Compress(bomb);
        bomb[44] = (byte)'b';
        byte[] second = Compress(bomb);
        bomb[44] = (byte)'c';

        var exception = Assert.Throws<CheckpointFormatException>(() => MatFile.Read(MatWriter.File(compressed, second, Compress(bomb)), "test.mat"));
        Assert.Contains("expand to more than 512 MiB", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedFiles_FailsCleanlyOrGivesValues()
    {
        byte[] content = Structs("s", 2, ["name", "items"],
            Characters("", "one"), Cells("", Doubles("", [1, 1], 7), Characters("", "x")),
            Characters("", "two"), Doubles("", [2, 2], 1, 2, 3, 4));
        byte[] plain = MatWriter.File(content, Doubles("joints", [3, 2], 1, 2, 3, 4, 5, 6));
        byte[] compressed = MatWriter.File(Compress(content), Compress(Doubles("joints", [3, 2], 1, 2, 3, 4, 5, 6)));

        int refused = 0;
        var clock = Stopwatch.StartNew();
        for (int seed = 0; seed < Mutations; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = Mutate(seed % 2 == 0 ? plain : compressed, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                foreach (MatValue value in MatFile.Read(bytes, "test.mat").Variables.Values) Walk(value);
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
            Assert.True(allocated < 4 << 20, $"Seed {seed} allocated {allocated} bytes.");
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{Mutations} files took {clock.Elapsed}.");
        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    private static void Walk(MatValue value)
    {
        switch (value)
        {
            case MatNumbers numbers:
                Assert.Equal(numbers.Count, numbers.ToArray<double>().Length);
                break;
            case MatCells cells:
                foreach (MatValue item in cells.Items) Walk(item);
                break;
            case MatStructs structs:
                if (structs.Fields.Count == 0) break;
                for (int i = 0; i < structs.Count; i++)
                    foreach (string field in structs.Fields) Walk(structs[i, field]);
                break;
            default:
                Assert.NotNull(value.ToString());
                break;
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        const int header = 124;
        if (random.Next(8) == 0) return original[..random.Next(original.Length)];
        byte[] bytes = [.. original];
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int place = random.Next(header, bytes.Length);
            bytes[place] = random.Next(3) switch
            {
                0 => (byte)(bytes[place] ^ (1 << random.Next(8))),
                1 => (byte)random.Next(256),
                _ => byte.MaxValue,
            };
        }

        return bytes;
    }

    private static byte[] Nested(int depth) => depth == 0 ? Doubles("", [1, 1], 1) : Cells(depth == 40 ? "deep" : "", Nested(depth - 1));
}
