using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>
/// A stack machine for the pickles that PyTorch writes (CPython <c>Lib/pickle.py</c>, protocols 0 to 5). It builds
/// tensors, numbers, strings and plain containers and calls nothing: a global is a name on a short list or an error.
/// </summary>
/// <remarks>
/// A pickle may have 16 Mi operations, of which those that make a container count sixteen times: far more than
/// the checkpoints of large networks have, and little enough that no pickle takes gigabytes.
/// </remarks>
internal sealed class Unpickler
{
    private const int MaxDepthOfMarks = 10_000;
    private const int MemoSlack = 1 << 16;
    private const int MaxOperations = 1 << 24;
    private const int OperationsPerContainer = 16;

    private readonly PickleReader _reader;
    private readonly PickleConstructors _constructors;
    private readonly Func<object?[], TensorStorage> _loadStorage;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private object?[] _memo = new object?[256];
    private int _memoCount;
    private int _operationsLeft = MaxOperations;

    /// <param name="bytes">The bytes that hold the pickle.</param>
    /// <param name="position">Where it begins.</param>
    /// <param name="file">What error messages call the file.</param>
    /// <param name="loadStorage">Gives the storage that a persistent id names.</param>
    public Unpickler(ReadOnlyMemory<byte> bytes, int position, string file, Func<object?[], TensorStorage> loadStorage)
    {
        _reader = new PickleReader(bytes, position, file);
        _constructors = new PickleConstructors(_reader);
        _loadStorage = loadStorage;
    }

    /// <summary>Where the pickle ends, after <see cref="Read"/>.</summary>
    public int End => _reader.Position;

    /// <summary>Runs the pickle to its end.</summary>
    /// <returns>Its object, in the types of <see cref="PyTorchCheckpoint.Root"/>.</returns>
    /// <exception cref="CheckpointFormatException">The pickle is damaged or holds what is not read.</exception>
    public object? Read()
    {
        while (true)
        {
            var opcode = (PickleOpcode)_reader.Byte();
            if (opcode == PickleOpcode.Stop) break;
            _operationsLeft -= MakesContainer(opcode) ? OperationsPerContainer : 1;
            if (_operationsLeft < 0) throw _reader.Error("The pickle has too many operations to be a checkpoint");
            if (!Literal(opcode) && !Memo(opcode) && !Container(opcode)) Special(opcode);
        }

        return PickleResult.Finish(Pop(), _reader);
    }

    private static bool MakesContainer(PickleOpcode opcode) => opcode is PickleOpcode.EmptyDict or PickleOpcode.EmptyList
        or PickleOpcode.EmptySet or PickleOpcode.Dict or PickleOpcode.List or PickleOpcode.FrozenSet or PickleOpcode.Reduce or PickleOpcode.NewObj;

    private bool Literal(PickleOpcode opcode)
    {
        object? value;
        switch (opcode)
        {
            case PickleOpcode.None: value = null; break;
            case PickleOpcode.NewTrue: value = true; break;
            case PickleOpcode.NewFalse: value = false; break;
            case PickleOpcode.BinInt: value = (long)_reader.Int32(); break;
            case PickleOpcode.BinInt1: value = (long)_reader.Byte(); break;
            case PickleOpcode.BinInt2: value = (long)_reader.UInt16(); break;
            case PickleOpcode.Long1: value = _reader.Integer(_reader.Byte()); break;
            case PickleOpcode.Long4: value = _reader.Integer(_reader.UInt32()); break;
            case PickleOpcode.Int: value = _reader.IntegerOrBool(); break;
            case PickleOpcode.Long: value = _reader.DecimalInteger(); break;
            case PickleOpcode.Float: value = _reader.DecimalFloat(); break;
            case PickleOpcode.BinFloat: value = _reader.BigEndianDouble(); break;
            case PickleOpcode.String: value = _reader.QuotedLine(); break;
            case PickleOpcode.Unicode: value = _reader.EscapedLine(); break;
            case PickleOpcode.BinString: value = _reader.Latin1(_reader.UInt32()); break;
            case PickleOpcode.ShortBinString: value = _reader.Latin1(_reader.Byte()); break;
            case PickleOpcode.BinUnicode: value = _reader.Utf8(_reader.UInt32()); break;
            case PickleOpcode.ShortBinUnicode: value = _reader.Utf8(_reader.Byte()); break;
            case PickleOpcode.BinUnicode8: value = _reader.Utf8(_reader.UInt64()); break;
            case PickleOpcode.BinBytes: value = _reader.Bytes(_reader.UInt32()); break;
            case PickleOpcode.ShortBinBytes: value = _reader.Bytes(_reader.Byte()); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: value = _reader.Bytes(_reader.UInt64()); break;
            default: return false;
        }

        _stack.Add(value);
        return true;
    }

    private bool Memo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Get: Recall(_reader.Index(_reader.DecimalInteger())); break;
            case PickleOpcode.BinGet: Recall(_reader.Byte()); break;
            case PickleOpcode.LongBinGet: Recall(_reader.UInt32()); break;
            case PickleOpcode.Put: Memoize(_reader.Index(_reader.DecimalInteger())); break;
            case PickleOpcode.BinPut: Memoize(_reader.Byte()); break;
            case PickleOpcode.LongBinPut: Memoize(_reader.UInt32()); break;
            case PickleOpcode.Memoize: Memoize(_memoCount); break;
            default: return false;
        }

        return true;
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                if (_marks.Count == MaxDepthOfMarks) throw _reader.Error($"Containers are nested more than {MaxDepthOfMarks} deep.");
                _marks.Push(_stack.Count);
                break;
            case PickleOpcode.EmptyTuple: _stack.Add(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple1: _stack.Add(PopLast(1)); break;
            case PickleOpcode.Tuple2: _stack.Add(PopLast(2)); break;
            case PickleOpcode.Tuple3: _stack.Add(PopLast(3)); break;
            case PickleOpcode.Tuple: _stack.Add(PopToMark()); break;
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet: _stack.Add(new List<object?>()); break;
            case PickleOpcode.List or PickleOpcode.FrozenSet: _stack.Add(new List<object?>(PopToMark())); break;
            case PickleOpcode.EmptyDict: _stack.Add(PickleConstructors.NewDictionary()); break;
            case PickleOpcode.Dict: _stack.Add(_constructors.SetItems(PickleConstructors.NewDictionary(), PopToMark())); break;
            case PickleOpcode.Append: AppendTo(PopLast(1)); break;
            case PickleOpcode.Appends or PickleOpcode.AddItems: AppendTo(PopToMark()); break;
            case PickleOpcode.SetItem: SetItemsOf(PopLast(2)); break;
            case PickleOpcode.SetItems: SetItemsOf(PopToMark()); break;
            default: return false;
        }

        return true;
    }

    private void Special(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                byte protocol = _reader.Byte();
                if (protocol > 5) throw _reader.Error($"The pickle has protocol {protocol}; 0 to 5 are read.");
                break;
            case PickleOpcode.Frame: _reader.UInt64(); break;
            case PickleOpcode.Pop: PopOrMark(); break;
            case PickleOpcode.PopMark: PopToMark(); break;
            case PickleOpcode.Dup: _stack.Add(Top()); break;
            case PickleOpcode.Global: _stack.Add(_constructors.Global(_reader.Line(), _reader.Line())); break;
            case PickleOpcode.Inst: _constructors.Global(_reader.Line(), _reader.Line()); goto default;
            case PickleOpcode.StackGlobal:
                object?[] names = PopLast(2);
                if (names is not [string module, string name]) throw _reader.Error("The name of a global is not text.");
                _stack.Add(_constructors.Global(module, name));
                break;
            case PickleOpcode.Reduce or PickleOpcode.NewObj:
                object?[] call = PopLast(2);
                if (call[1] is not object?[] arguments)
                    throw _reader.Error($"The arguments of a call are {Quoted.Kind(call[1])}, not a tuple.");
                _stack.Add(_constructors.Call(call[0], arguments));
                break;
            case PickleOpcode.Build:
                object? state = Pop();
                _constructors.SetState(Top(), state);
                break;
            case PickleOpcode.BinPersId:
                if (Pop() is not object?[] id) throw _reader.Error("The name of a storage is not a tuple.");
                _stack.Add(_loadStorage(id));
                break;
            default:
                throw _reader.Error($"The pickle operation 0x{(byte)opcode:x2} is damaged or not one that is read.");
        }
    }

    private void Recall(long index) => _stack.Add(index < _memo.Length && _memo[index] is { } value
        ? value
        : throw _reader.Error($"Nothing has been put at place {index} of the memo."));

    private void Memoize(long index)
    {
        if (index >= 4L * _memoCount + MemoSlack) throw _reader.Error($"Place {index} of the memo is used after {_memoCount} others");
        if (index >= _memo.Length) Array.Resize(ref _memo, (int)Math.Max(index + 1, 2L * _memo.Length));
        if (_memo[index] is null) _memoCount++;
        _memo[index] = Top();
    }

    private void AppendTo(object?[] items)
    {
        if (Top() is not List<object?> list) throw _reader.Error($"Items are appended to {Quoted.Kind(Top())}, not a list.");
        list.AddRange(items);
    }

    private void SetItemsOf(object?[] items)
    {
        if (Top() is not OrderedDictionary<object, object?> dictionary)
            throw _reader.Error($"Items are set in {Quoted.Kind(Top())}, not a dict.");
        _constructors.SetItems(dictionary, items);
    }

    /// <summary>The first place of the stack that operations may take from: that of the last mark.</summary>
    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw StackIsEmpty();

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopLast(int count)
    {
        if (_stack.Count - Floor < count) throw StackIsEmpty();
        object?[] items = CollectionsMarshal.AsSpan(_stack)[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark)) throw _reader.Error("A container ends that has not begun.");
        object?[] items = CollectionsMarshal.AsSpan(_stack)[mark..].ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void PopOrMark()
    {
        if (_stack.Count == Floor && _marks.TryPop(out _)) return;
        Pop();
    }

    private CheckpointFormatException StackIsEmpty() => _reader.Error("The stack is empty; the pickle is damaged.");
}
