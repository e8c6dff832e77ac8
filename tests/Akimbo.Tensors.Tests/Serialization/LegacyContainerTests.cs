using Akimbo.Tensors.Serialization;
using static Akimbo.Tensors.Tests.Serialization.Containers;

namespace Akimbo.Tensors.Tests.Serialization;

public class LegacyContainerTests
{
    private static readonly byte[] Two = Bytes(1f, 2);
    private static readonly byte[] Pickle = new PickleWriter()
        .Dict(
            ("a", v => v.Tensor("FloatStorage", "20", 2, 0, [2], [1], legacy: true)),
            ("b", v => v.Tensor("LongStorage", "10", 1, 0, [], [], legacy: true)))
        .ToArray();

    [Fact]
    public void Read_StoragesInTheOrderOfTheirKeys_GoToTheirTensors()
    {
        var tensors = PyTorchCheckpoint.Read(Legacy(Pickle, ("10", 1, Bytes(7L)), ("20", 2, Two)), Name).StateDict;

        Assert.Equal([1, 2], tensors["a"].ToTensor().Span.ToArray());
        Assert.Equal([7], tensors["b"].ToArray<long>());
    }

    [Fact]
    public void Read_ViewsOfAStorage_ShareIt()
    {
        byte[] pickle = new PickleWriter().Mark()
            .Tensor("FloatStorage", "1", 4, 0, [4], [1], legacy: true)
            .Global("torch._utils", "_rebuild_tensor").Mark()
            .Mark().Text("storage").Global("torch", "FloatStorage").Text("1").Text("cpu").Int(4).Text("view").Int(1).Int(3).Op(0x87).Tuple().Op('Q')
            .Int(1).Integers(2).Integers(1).Tuple().Reduce()
            .Tuple().ToArray();

        var root = Assert.IsType<object?[]>(PyTorchCheckpoint.Read(Legacy(pickle, ("1", 4, Bytes(0f, 1, 2, 3))), Name).Root);

        var (whole, view) = ((StoredTensor)root[0]!, (StoredTensor)root[1]!);
        Assert.Equal([2, 3], view.ToTensor().Span.ToArray());
        Assert.True(whole.SharesStorageWith(view));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(3, 2)]
    [InlineData(0, 5)]
    [InlineData(1, long.MaxValue)]
    public void Read_ViewOutsideItsStorage_IsRefused(long offset, long count)
    {
        byte[] pickle = new PickleWriter()
            .Mark().Text("storage").Global("torch", "FloatStorage").Text("1").Text("cpu").Int(4).Text("view").Int(offset).Int(count).Op(0x87).Tuple().Op('Q')
            .ToArray();

        Refused("leaves the 4 elements", Legacy(pickle, ("1", 4, Bytes(0f, 1, 2, 3))));
    }

    [Fact]
    public void Read_StoragesThatDoNotFit_AreRefused()
    {
        Refused("'20' and 0 more are named but not stored", Legacy(Pickle, ("10", 1, Bytes(7L))));
        Refused("needs 8 bytes where 4 are left", Legacy(Pickle, ("10", 1, Bytes(7L)), ("20", 2, Bytes(1f))));
        Refused("holds 3 elements; the tensors that use it expect 2", Legacy(Pickle, ("10", 1, Bytes(7L)), ("20", 3, Bytes(1f, 2, 3))));
        Refused("'30', which the object does not use", Legacy(Pickle, ("30", 1, Bytes(7L)), ("20", 2, Two)));
        Refused("'10', which the object does not use, or twice", Legacy(Pickle, ("10", 1, Bytes(7L)), ("10", 1, Bytes(7L))));

        byte[] huge = new PickleWriter().Tensor("FloatStorage", "1", 1L << 40, 0, [2], [1], legacy: true).ToArray();
        Refused("is larger than the file", Legacy(huge, ("1", 1L << 40, Two)));
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        byte[] bytes = Legacy(Pickle, ("10", 1, Bytes(7L)), ("20", 2, Two));
        for (int length = 0; length < bytes.Length; length++) ReadError(() => PyTorchCheckpoint.Read(bytes.AsMemory(0, length), Name));
    }

    [Fact]
    public void Read_OtherPickle_IsRefused()
    {
        Refused("not one that torch.save wrote", new PickleWriter().Dict(("a", v => v.Int(1))).ToArray());
        Refused("posix.system", new PickleWriter().Global("posix", "system").Text("true").Op(0x85).Reduce().ToArray());
    }

    private static void Refused(string expected, byte[] bytes) =>
        Assert.Contains(expected, ReadError(() => PyTorchCheckpoint.Read(bytes, Name)), StringComparison.Ordinal);
}
