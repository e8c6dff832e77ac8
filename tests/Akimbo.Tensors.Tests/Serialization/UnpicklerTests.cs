using System.Numerics;
using Akimbo.Tensors.Serialization;
using static Akimbo.Tensors.Tests.Serialization.Containers;

namespace Akimbo.Tensors.Tests.Serialization;

/// <summary>The pickle machine: what it builds, and what it refuses.</summary>
public class UnpicklerTests
{
    private static readonly byte[] Two = Bytes(1f, 2);

    [Fact]
    public void Read_NumbersTextAndContainers_AreThoseOfDotNet()
    {
        var root = Assert.IsType<object?[]>(Root(w => w.Mark()
            .None().Op(0x88).Int(-5).Float(0.25).Text("é").Op('C', 2, 7, 8)
            .Op(0x8a, [9, 0, 0, 0, 0, 0, 0, 0, 0, 1])
            .Op(']').Mark().Int(1).Int(2).Op('e')
            .Dict(("b", v => v.Int(1)), ("a", v => v.Int(2)), ("b", v => v.Int(3)))
            .Op('M', 1, 2).Op('J', 0xfe, 0xff, 0xff, 0xff)
            .Tuple()));

        Assert.Null(root[0]);
        Assert.Equal(true, root[1]);
        Assert.Equal(-5L, root[2]);
        Assert.Equal(0.25, root[3]);
        Assert.Equal("é", root[4]);
        Assert.Equal(new byte[] { 7, 8 }, root[5]);
        Assert.Equal(BigInteger.One << 64, root[6]);
        Assert.Equal([1L, 2L], Assert.IsType<List<object?>>(root[7]));
        Assert.Equal([new("b", 3L), new("a", 2L)], Assert.IsType<OrderedDictionary<object, object?>>(root[8]));
        Assert.Equal(513L, root[9]);
        Assert.Equal(-2L, root[10]);
    }

    [Fact]
    public void Read_ProtocolZeroAndPythonTwo_AreRead()
    {
        // (I01\nI-7\nL5L\nF2.5\nS'hi'\nV\u00e9\n(lp0\nI1\nag0\nt
        var root = Assert.IsType<object?[]>(Root(w => w
            .Mark().Op('I', "01\n"u8).Op('I', "-7\n"u8).Op('L', "5L\n"u8).Op('F', "2.5\n"u8).Op('S', "'hi'\n"u8).Op('V', "\\u00e9!\n"u8)
            .Mark().Op('l').Op('p', "0\n"u8).Op('I', "1\n"u8).Op('a').Op('g', "0\n"u8)
            .Global("collections", "OrderedDict").Op(']').Op(']').Op('U', [1, (byte)'k']).Op('a').Int(4).Op('a').Op('a').Op(0x85).Reduce()
            .Tuple()));

        Assert.Equal([true, -7L, 5L, 2.5, "hi", "é!"], root[..6]);
        Assert.Same(root[6], root[7]);
        Assert.Equal([new("k", 4L)], Assert.IsType<OrderedDictionary<object, object?>>(root[8]));
    }

    [Fact]
    public void Read_KnownGlobals_BecomeDataOrNames()
    {
        var root = Assert.IsType<object?[]>(Root(w => w.Mark()
            .Global("torch", "float32")
            .Global("torch", "Size").Integers(2, 3).Op(0x85).Reduce()
            .Global("torch", "device").Text("cuda").Int(0).Op(0x86).Reduce()
            .Global("collections", "defaultdict").Global("__builtin__", "list").Op(0x85).Reduce()
            .Global("__builtin__", "set").Op(']').Int(4).Op('a').Op(0x85).Reduce()
            .Global("collections", "Counter").Dict(("x", v => v.Int(2))).Op(0x85).Reduce()
            .Global("_codecs", "encode").Text("aÿ").Text("latin1").Op(0x86).Reduce()
            .Tuple()));

        Assert.Equal("torch.float32", root[0]);
        Assert.Equal([2L, 3L], Assert.IsType<object?[]>(root[1]));
        Assert.Equal("cuda:0", root[2]);
        Assert.Empty(Assert.IsType<OrderedDictionary<object, object?>>(root[3]));
        Assert.Equal([4L], Assert.IsType<List<object?>>(root[4]));
        Assert.Equal([new("x", 2L)], Assert.IsType<OrderedDictionary<object, object?>>(root[5]));
        Assert.Equal(new byte[] { (byte)'a', 0xff }, root[6]);
    }

    [Theory]
    [InlineData("numpy.core.multiarray")]
    [InlineData("numpy._core.multiarray")]
    public void Read_NumpyScalars_AreNumbers(string module)
    {
        Assert.Equal(0.625, Scalar("f8", Bytes(0.625)));
        Assert.Equal(0.5, Scalar("f4", Bytes(0.5f)));
        Assert.Equal(-3L, Scalar("i8", Bytes(-3L)));
        Assert.Equal(true, Scalar("b1", [1]));
        Assert.Equal((BigInteger)ulong.MaxValue, Scalar("u8", Bytes(ulong.MaxValue)));

        object? Scalar(string type, byte[] bytes) => Root(w => w
            .Global(module, "scalar")
            .Global("numpy", "dtype").Text(type).Op(0x89).Op(0x88).Op(0x87).Reduce()
            .Mark().Int(3).Text("<").None().None().None().Int(-1).Int(-1).Int(0).Tuple().Op('b')
            .Global("_codecs", "encode").Text(string.Concat(bytes.Select(b => (char)b))).Text("latin1").Op(0x86).Reduce()
            .Op(0x86).Reduce());
    }

    [Fact]
    public void Read_ParameterAndUntypedStorage_AreTensors()
    {
        var root = Assert.IsType<object?[]>(Root(
            w => w
                .Global("torch._utils", "_rebuild_parameter")
                .Tensor("FloatStorage", "0", 2, 0, [2], [1]).Op(0x88).Global("collections", "OrderedDict").Op(')').Reduce().Op(0x87).Reduce()
                .Global("torch._utils", "_rebuild_tensor_v3")
                .Mark().Storage("UntypedStorage", "1", 8).Int(1).Integers(1).Integers(1).Op(0x89).None().Global("torch", "uint32").Tuple().Reduce()
                .Storage("FloatStorage", "0", 2)
                .Op(0x87),
            ("0", Two),
            ("1", Bytes(5u, 4_000_000_000))));

        Assert.Equal([1, 2], Assert.IsType<StoredTensor>(root[0]).ToTensor().Span.ToArray());
        Assert.Equal([4_000_000_000], Assert.IsType<StoredTensor>(root[1]).ToArray<long>());
        Assert.Equal(ElementType.UInt32, ((StoredTensor)root[1]!).Type);
        Assert.Equal([1, 2], Assert.IsType<StoredTensor>(root[2]).ToTensor().Span.ToArray());
    }

    [Fact]
    public void Read_ListThatContainsItself_EndsAndIsTheSameList()
    {
        var root = Assert.IsType<List<object?>>(Root(w => w.Op(']').Put(0).Get(0).Op('a')));

        Assert.Same(root, Assert.Single(root));
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "getattr")]
    [InlineData("torch", "load")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("argparse", "Namespace")]
    [InlineData("collections", "OrderedDict.fromkeys")]
    [InlineData("numpy", "fromfile")]
    public void Read_AnyOtherGlobal_IsRefusedByName(string module, string name)
    {
        string reduced = Error(w => w.Global(module, name).Text("echo owned").Op(0x85).Reduce());
        Assert.Contains($"'{module}.{name}', which Akimbo does not load", reduced, StringComparison.Ordinal);

        string nested = Error(w => w.Dict(("weights", v => v.Op(']').Global(module, name).Op('a'))));
        Assert.Contains($"'{module}.{name}'", nested, StringComparison.Ordinal);

        string onTheStack = Error(w => w.Text(module).Text(name).Op(0x93));
        Assert.Contains($"'{module}.{name}'", onTheStack, StringComparison.Ordinal);

        string instance = Error(w => w.Mark().Op('i', System.Text.Encoding.UTF8.GetBytes($"{module}\n{name}\n")));
        Assert.Contains($"'{module}.{name}'", instance, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GlobalWithControlCharacters_ShowsThemHarmlessly()
    {
        string message = Error(w => w.Text("evil\u001b[31m" + new string('x', 5000)).Text("f").Op(0x93));

        Assert.DoesNotContain('\u001b', message);
        Assert.True(message.Length < 500);
    }

    [Theory]
    [InlineData(-1, 2, 1, "begins before its storage")]
    [InlineData(0, 3, 1, "ends at element 2, beyond the 2 elements")]
    [InlineData(1, 2, 1, "beyond the 2 elements")]
    [InlineData(0, 2, -1, "negative stride")]
    [InlineData(0, 2, long.MaxValue, "beyond the 2 elements")]
    [InlineData(long.MaxValue, 2, 1, "beyond the 2 elements")]
    [InlineData(0, -1, 1, "has a dimension of length -1")]
    [InlineData(0, 1L << 31, 0, "has a dimension of length 2147483648")]
    [InlineData(0, 1 << 30, 0, "takes more than")]
    [InlineData(0, 1 << 24, 0, "repeats its storage")]
    public void Read_ViewOutsideItsStorage_IsRefused(long offset, long size, long stride, string expected) =>
        Assert.Contains(expected, Error(w => w.Tensor("FloatStorage", "0", 2, offset, [size], [stride]), ("0", Two)), StringComparison.Ordinal);

    [Fact]
    public void Read_ShapeWithoutEnd_IsRefused()
    {
        long[] huge = [1 << 30, 1 << 30, 1 << 30];
        Assert.Contains("more elements than can be counted", Error(w => w.Tensor("FloatStorage", "0", 2, 0, huge, [0, 0, 0]), ("0", Two)), StringComparison.Ordinal);
        Assert.Contains("at most 8", Error(w => w.Tensor("FloatStorage", "0", 2, 0, new long[9], new long[9]), ("0", Two)), StringComparison.Ordinal);
        Assert.Contains("as many strides", Error(w => w.Tensor("FloatStorage", "0", 2, 0, [2], [1, 1]), ("0", Two)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyExpandedTensors_AreBoundedTogether()
    {
        string message = Error(
            w =>
            {
                w.Mark();
                for (int i = 0; i < 10; i++) w.Tensor("FloatStorage", "0", 2, 0, [1 << 20], [0]);
                w.Tuple();
            },
            ("0", Two));

        Assert.Contains("repeats its storage", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ComplexFloatStorage")]
    [InlineData("QInt8Storage")]
    public void Read_StorageOfOtherNumbers_IsRefusedByName(string type) =>
        Assert.Contains($"torch.{type}", Error(w => w.Tensor(type, "0", 2, 0, [2], [1]), ("0", Two)), StringComparison.Ordinal);

    [Fact]
    public void Read_StorageLargerThanItsEntry_IsRefused()
    {
        Assert.Contains("should hold 3 elements of Float32, but has 8 bytes", Error(w => w.Storage("FloatStorage", "0", 3), ("0", Two)), StringComparison.Ordinal);
        Assert.Contains("should hold 9223372036854775807", Error(w => w.Storage("FloatStorage", "0", long.MaxValue), ("0", Two)), StringComparison.Ordinal);
        Assert.Contains("of -1 elements", Error(w => w.Storage("FloatStorage", "0", -1), ("0", Two)), StringComparison.Ordinal);
        Assert.Contains("no entry 'test/data/7'", Error(w => w.Storage("FloatStorage", "7", 2), ("0", Two)), StringComparison.Ordinal);
        Assert.Contains("in one place", Error(w => w.Storage("FloatStorage", "0", 2).Storage("IntStorage", "0", 2).Op(0x86), ("0", Two)), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> DamagedPickles => new()
    {
        { "The stack is empty", "."u8.ToArray() },
        { "The stack is empty", "0."u8.ToArray() },
        { "A container ends that has not begun", "t."u8.ToArray() },
        { "where 0 are left", [] },
        { "where 0 are left", "(((("u8.ToArray() },
        { "goes on for 4294967295 bytes", [(byte)'X', 0xff, 0xff, 0xff, 0xff, (byte)'a'] },
        { "goes on for 18446744073709551615 bytes", [0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] },
        { "An integer has 16777215 bytes", [0x8b, 0xff, 0xff, 0xff, 0] },
        { "not valid UTF-8", [(byte)'X', 1, 0, 0, 0, 0xff, (byte)'.'] },
        { "Nothing has been put at place 3", [(byte)'h', 3, (byte)'.'] },
        { "Place 4294967295 of the memo", [(byte)'N', (byte)'r', 0xff, 0xff, 0xff, 0xff, (byte)'.'] },
        { "has protocol 9", [0x80, 9, (byte)'.'] },
        { "The pickle operation 0xff", [0xff] },
        { "The pickle operation 0x82", [0x82, 1, (byte)'.'] },
        { "A line of text does not end", "I12"u8.ToArray() },
        { "'x' is not an integer", "Ix\n."u8.ToArray() },
        { "'x' is not a number", "Fx\n."u8.ToArray() },
        { "a dict, not a list", "}Na."u8.ToArray() },
        { "a list, not a dict", "]NNs."u8.ToArray() },
        { "a key without a value", "}(Nu."u8.ToArray() },
        { "None as a key", "}NNs."u8.ToArray() },
        { "a list as a key", "}]Ns."u8.ToArray() },
        { "None is called", "N)R."u8.ToArray() },
        { "not a tuple", "NNR."u8.ToArray() },
        { "The name of a storage is not a tuple", "NQ."u8.ToArray() },
        { "Attributes are set on None", "N}b."u8.ToArray() },
        { "collections.OrderedDict is called with (None)", [.. "ccollections\nOrderedDict\nN"u8, 0x85, (byte)'R', (byte)'.'] },
    };

    [Theory]
    [MemberData(nameof(DamagedPickles))]
    public void Read_DamagedPickle_SaysWhatIsWrong(string expected, byte[] pickle) =>
        Assert.Contains(expected, ReadError(() => PyTorchCheckpoint.Read(Zip(pickle), Name)), StringComparison.Ordinal);

    [Theory]
    [InlineData(']', 'a')]
    [InlineData(')', (char)0x85)]
    public void Read_NestingWithoutEnd_IsRefused(char opening, char closing)
    {
        string message = Error(w =>
        {
            w.Op((byte)opening);
            for (int i = 0; i < 100_000; i++)
            {
                if (closing == 'a') w.Op((byte)opening);
                else w.Op((byte)closing);
            }

            if (closing == 'a')
                for (int i = 0; i < 100_000; i++) w.Op((byte)closing);
        });

        Assert.Contains("nested more than 500 deep", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneListCopiedAgainAndAgain_IsRefusedSoon()
    {
        string message = Error(w =>
        {
            w.Global("builtins", "set").Put(1).Op('0').Op(']').Mark();
            for (int i = 0; i < 100_000; i++) w.None();
            w.Op('e').Op(0x85).Put(0);
            for (int i = 0; i < 100_000; i++) w.Get(1).Get(0).Reduce().Op('0');
        });

        Assert.Contains("copies its containers too often", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MillionsOfContainers_AreRefused()
    {
        byte[] pickle = new byte[3_000_000];
        pickle.AsSpan().Fill((byte)'}');

        Assert.Contains("too many operations", ReadError(() => PyTorchCheckpoint.Read(Zip(pickle), Name)), StringComparison.Ordinal);
    }
}
