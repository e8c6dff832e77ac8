using System.Buffers.Binary;
using System.IO.Compression;
using Akimbo.Tensors.Serialization;
using static Akimbo.Tensors.Tests.Serialization.Containers;

namespace Akimbo.Tensors.Tests.Serialization;

public class ZipContainerTests
{
    private static readonly byte[] Pickle = new PickleWriter().Dict(("w", v => v.Tensor("FloatStorage", "0", 2, 0, [2], [1]))).ToArray();
    private static readonly byte[] Two = Bytes(1f, 2);

    [Fact]
    public void Read_DeflatedEntries_AreInflated()
    {
        byte[] bytes = ZipOf(CompressionLevel.Optimal, ("a/data.pkl", Pickle), ("a/data/0", Two));

        Assert.Equal([1, 2], PyTorchCheckpoint.Read(bytes, Name).StateDict["w"].ToTensor().Span.ToArray());
    }

    [Fact]
    public void Read_WithoutAFolder_IsRead() =>
        Assert.Single(PyTorchCheckpoint.Read(ZipOf(("data.pkl", Pickle), ("data/0", Two)), Name).StateDict);

    [Fact]
    public void Read_ByteOrder_MustBeLittle()
    {
        Assert.Single(PyTorchCheckpoint.Read(ZipOf(("a/data.pkl", Pickle), ("a/byteorder", "little"u8.ToArray()), ("a/data/0", Two)), Name).StateDict);
        Refused("byte order is 'big'", ZipOf(("a/data.pkl", Pickle), ("a/byteorder", "big"u8.ToArray()), ("a/data/0", Two)));
    }

    [Fact]
    public void Read_OtherZipFiles_SaysWhatTheyAre()
    {
        Refused("TorchScript", ZipOf(("a/data.pkl", Pickle), ("a/constants.pkl", Pickle), ("a/data/0", Two)));
        Refused("TorchScript", ZipOf(("a/data.pkl", Pickle), ("a/code/x.py", Pickle), ("a/data/0", Two)));
        Refused("no data.pkl but 'photo.txt'", ZipOf(("photo.txt", Two)));
        Refused("no data.pkl but no entries", ZipOf());
        Refused("two pickles", ZipOf(("a/data.pkl", Pickle), ("b/data.pkl", Pickle)));
    }

    [Fact]
    public void Read_ZipBomb_IsRefusedWithoutInflatingIt()
    {
        byte[] bytes = ZipOf(CompressionLevel.Optimal, ("a/data.pkl", new byte[256 << 20]));
        Assert.True(bytes.Length < 1 << 20);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused("would inflate from", bytes);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void Read_EntryThatInflatesToMoreThanItDeclares_IsRefused()
    {
        byte[] bytes = ZipOf(CompressionLevel.Optimal, ("a/data.pkl", new byte[100_000]));
        int entry = Find(bytes, 0x02014b50);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(entry + 24), 1000);
        Refused("does not inflate to the 1000 bytes", bytes);

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(entry + 24), 100_001);
        Refused("does not inflate to the 100001 bytes", bytes);
    }

    [Fact]
    public void Read_DuplicateAndOverlappingEntries_AreRefused()
    {
        Refused("two entries called 'a/data/0'", ZipOf(("a/data.pkl", Pickle), ("a/data/0", Two), ("a/data/0", Two)));

        byte[] bytes = ZipOf(("a/data.pkl", Pickle), ("a/data/0", Two));
        int first = Find(bytes, 0x02014b50), second = Find(bytes, 0x02014b50, first + 4);
        bytes.AsSpan(first + 42, 4).CopyTo(bytes.AsSpan(second + 42));
        Refused("overlap", bytes);
    }

    [Theory]
    [InlineData(8, 1, "is encrypted")]
    [InlineData(10, 12, "compressed by method 12")]
    [InlineData(20, 0x10000000, "would lie at bytes")]
    [InlineData(24, 5, "but declares 5")]
    [InlineData(42, 3, "local header of the zip entry 'a/data.pkl' is damaged")]
    [InlineData(42, 0x10000000, "ends inside a local header")]
    [InlineData(0, 0, "Entry 0 of the zip directory is damaged")]
    [InlineData(28, 0xffff, "ends inside")]
    public void Read_DamagedDirectory_SaysWhatIsWrong(int field, int value, string expected)
    {
        byte[] bytes = ZipOf(("a/data.pkl", Pickle), ("a/data/0", Two));
        var target = bytes.AsSpan(Find(bytes, 0x02014b50) + field);
        if (field is 8 or 10 or 28) BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value);
        else BinaryPrimitives.WriteInt32LittleEndian(target, value);

        Refused(expected, bytes);
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        byte[] bytes = Zip(Pickle, ("0", Two));
        for (int length = 0; length < bytes.Length; length++) ReadError(() => PyTorchCheckpoint.Read(bytes.AsMemory(0, length), Name));
    }

    [Fact]
    public void Read_Zip64Directory_IsRead()
    {
        byte[] zip = Zip(Pickle, ("0", Two));
        int end = zip.Length - 22;
        byte[] record = new byte[56];
        BinaryPrimitives.WriteUInt32LittleEndian(record, 0x06064b50);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10)));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 12)));
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16)));
        byte[] locator = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064b50);
        BinaryPrimitives.WriteInt64LittleEndian(locator.AsSpan(8), end);
        zip.AsSpan(end + 8, 12).Fill(0xff);

        byte[] bytes = [.. zip[..end], .. record, .. locator, .. zip[end..]];

        Assert.Equal([1, 2], PyTorchCheckpoint.Read(bytes, Name).StateDict["w"].ToTensor().Span.ToArray());
    }

    private static void Refused(string expected, byte[] bytes) =>
        Assert.Contains(expected, ReadError(() => PyTorchCheckpoint.Read(bytes, Name)), StringComparison.Ordinal);

    private static int Find(byte[] bytes, uint signature, int from = 0)
    {
        byte[] pattern = Bytes(signature);
        return from + bytes.AsSpan(from).IndexOf(pattern);
    }
}
