using System.Buffers.Binary;
using System.Text;

namespace Akimbo.Tensors.Tests.Serialization;

/// <summary>Writes pickles by hand, one operation after another, so that tests can write what no program should.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] ToArray() => [.. _bytes, (byte)'.'];

    public PickleWriter Op(char opcode, params ReadOnlySpan<byte> argument) => Op((byte)opcode, argument);

    public PickleWriter Op(byte opcode, params ReadOnlySpan<byte> argument)
    {
        _bytes.Add(opcode);
        _bytes.AddRange(argument);
        return this;
    }

    public PickleWriter Mark() => Op('(');

    public PickleWriter Tuple() => Op('t');

    public PickleWriter Reduce() => Op('R');

    public PickleWriter None() => Op('N');

    public PickleWriter Put(byte index) => Op('q', index);

    public PickleWriter Get(byte index) => Op('h', index);

    public PickleWriter Global(string module, string name) => Op('c', Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleWriter Int(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Op(0x8a, [sizeof(long), .. bytes]);
    }

    public PickleWriter Float(double value)
    {
        byte[] bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return Op('G', bytes);
    }

    public PickleWriter Text(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return Op('X', [.. length, .. text]);
    }

    public PickleWriter Integers(params ReadOnlySpan<long> values)
    {
        Mark();
        foreach (long value in values) Int(value);
        return Tuple();
    }

    /// <summary>A storage by its persistent id; <paramref name="legacy"/> adds the empty view of the older container.</summary>
    public PickleWriter Storage(string type, string key, long count, bool legacy = false)
    {
        Mark().Text("storage").Global("torch", type).Text(key).Text("cpu").Int(count);
        if (legacy) None();
        return Tuple().Op('Q');
    }

    public PickleWriter Tensor(string type, string key, long count, long offset, long[] size, long[] stride, bool legacy = false) =>
        Global("torch._utils", "_rebuild_tensor_v2").Mark().Storage(type, key, count, legacy).Int(offset).Integers(size).Integers(stride)
            .Op(0x89).Global("collections", "OrderedDict").Op(')').Reduce().Tuple().Reduce();

    /// <summary>A dict of named objects.</summary>
    public PickleWriter Dict(params (string Name, Action<PickleWriter> Value)[] items)
    {
        Op('}').Mark();
        foreach (var (name, value) in items) value(Text(name));
        return Op('u');
    }
}
