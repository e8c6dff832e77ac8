using System.Text;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>What the globals of a pickle do when they are called: each builds a container, a number or a tensor.</summary>
internal sealed class PickleConstructors(PickleReader reader)
{
    private readonly TensorConstructor _tensors = new(reader);
    private long _work = 1_000_000 + 16L * reader.Length;

    public static OrderedDictionary<object, object?> NewDictionary() => new(PickleKeyComparer.Instance);

    public PickleGlobal Global(string module, string name) => PickleGlobal.Find(module, name)
        ?? throw reader.Error(
            $"The pickle contains the global {Quoted.Text($"{module}.{name}")}, which Akimbo does not load: it reads tensors, numbers, strings and plain containers. "
            + "Save the model's state_dict() by itself");

    public object? Call(object? callee, object?[] arguments)
    {
        if (callee is not PickleGlobal global) throw reader.Error($"{Quoted.Kind(callee)} is called; only globals can be.");

        return (global.Call, arguments) switch
        {
            (PickleCall.Tensor, _) => _tensors.Rebuild(arguments),
            (PickleCall.TensorOfType, _) => _tensors.RebuildOfType(arguments),
            (PickleCall.Parameter, [StoredTensor data, ..]) => data,
            (PickleCall.Dictionary or PickleCall.List or PickleCall.Tuple or PickleCall.Bytes, []) => Empty(global.Call),
            (PickleCall.Dictionary, [OrderedDictionary<object, object?> items]) => Copy(items),
            (PickleCall.Dictionary, [List<object?> pairs]) => FromPairs(pairs),
            (PickleCall.DefaultDictionary, [] or [PickleGlobal or null]) => NewDictionary(),
            (PickleCall.List, [List<object?> items]) => new List<object?>(Charged(items, items.Count)),
            (PickleCall.List, [object?[] items]) => new List<object?>(Charged(items, items.Length)),
            (PickleCall.Tuple, [List<object?> items]) => Charged(items, items.Count).ToArray(),
            (PickleCall.Tuple, [object?[] items]) => items,
            (PickleCall.Bytes, [byte[] bytes]) => bytes,
            (PickleCall.Bytes or PickleCall.CodecsEncode, [string text, "latin-1" or "latin1"]) => Latin1(text),
            (PickleCall.Device, [string device]) => device,
            (PickleCall.Device, [string device, long index]) => $"{Charged(device, device.Length)}:{index}",
            (PickleCall.NumpyDType, [string code, ..]) => new NumpyDType(code),
            (PickleCall.NumpyScalar, [NumpyDType type, byte[] bytes]) => Scalar(type, bytes),
            (PickleCall.NumpyScalar, [NumpyDType type, string text]) => Scalar(type, Latin1(text)),
            (PickleCall.NumpyScalar, [NumpyDType type, ..]) => Scalar(type, []),
            _ => throw reader.Error($"{global} is called with ({string.Join(", ", arguments.Take(8).Select(Quoted.Kind))}), which is not how checkpoints call it."),
        };
    }

    /// <summary>The attributes that a pickle gives an object: those of dictionaries and tensors do not matter here.</summary>
    public void SetState(object? target, object? state)
    {
        if (target is NumpyDType type && state is object?[] and [_, string order, ..]) type.IsBigEndian = order == ">";
        else if (target is not (OrderedDictionary<object, object?> or StoredTensor))
            throw reader.Error($"Attributes are set on {Quoted.Kind(target)}.");
    }

    /// <summary>Sets keys and values that alternate in <paramref name="items"/>.</summary>
    public OrderedDictionary<object, object?> SetItems(OrderedDictionary<object, object?> dictionary, object?[] items)
    {
        if (items.Length % 2 != 0) throw reader.Error("A dict has a key without a value.");
        for (int i = 0; i < items.Length; i += 2) dictionary[Key(items[i])] = items[i + 1];
        return dictionary;
    }

    private static object Empty(PickleCall call) => call switch
    {
        PickleCall.Dictionary => NewDictionary(),
        PickleCall.List => new List<object?>(),
        PickleCall.Tuple => Array.Empty<object?>(),
        _ => Array.Empty<byte>(),
    };

    private OrderedDictionary<object, object?> Copy(OrderedDictionary<object, object?> items)
    {
        var dictionary = NewDictionary();
        foreach (var (key, value) in Charged(items, items.Count)) dictionary[Key(key)] = value;
        return dictionary;
    }

    /// <summary>Python 2 writes an ordered dictionary as a list of pairs.</summary>
    private OrderedDictionary<object, object?> FromPairs(List<object?> pairs)
    {
        var dictionary = NewDictionary();
        foreach (object? pair in Charged(pairs, pairs.Count))
        {
            var (key, value) = pair switch
            {
                List<object?> and [var k, var v] => (k, v),
                object?[] and [var k, var v] => (k, v),
                _ => throw reader.Error($"An OrderedDict is made of {Quoted.Kind(pair)} where a pair belongs."),
            };
            dictionary[Key(key)] = value;
        }

        return dictionary;
    }

    private object Key(object? value) => PickleKeyComparer.IsKey(value)
        ? Charged(value, value is string text ? text.Length : 1)
        : throw reader.Error($"A dict has {Quoted.Kind(value)} as a key; strings, numbers and tuples are read.");

    private byte[] Latin1(string text) => Charged(text, text.Length).All(c => c <= 0xff)
        ? Encoding.Latin1.GetBytes(text)
        : throw reader.Error("Bytes are written as text that is not Latin-1.");

    private object Scalar(NumpyDType type, byte[] bytes) => type.Number(bytes)
        ?? throw reader.Error($"A NumPy scalar of type {Quoted.Text(type.Code)} and {bytes.Length} bytes is not a number that is read.");

    /// <summary>
    /// Passes on a value that is about to be copied or hashed. Since a pickle can name one long value again and
    /// again, the sum of such work is bounded by the pickle's length.
    /// </summary>
    private T Charged<T>(T value, long work) =>
        (_work -= work) >= 0 ? value : throw reader.Error("The pickle copies its containers too often to be a checkpoint");
}
