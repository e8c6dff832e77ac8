using Google.Protobuf;

namespace Akimbo.Networks.Onnx.Format;

/// <summary>
/// Where a message puts its fields, in the wire format of protocol buffers. A message is written twice: to
/// <see cref="Count"/> its bytes, which precede it inside another message, and to a stream.
/// </summary>
internal abstract class ProtoFields
{
    /// <summary>The length of a message in bytes.</summary>
    public static long Count(Action<ProtoFields> message)
    {
        var counter = new Counter();
        message(counter);
        return counter.Total;
    }

    /// <summary>Writes a message; it must be shorter than 2 GiB.</summary>
    public static void Write(CodedOutputStream stream, Action<ProtoFields> message) => message(new Writer(stream));

    /// <summary>Writes a varint field.</summary>
    public abstract void Int64(int field, long value);

    /// <summary>Writes a 32-bit field.</summary>
    public abstract void Float(int field, float value);

    /// <summary>Writes a field of UTF-8 text.</summary>
    public abstract void String(int field, string value);

    /// <summary>Writes a field of raw bytes without copying them.</summary>
    public abstract void Bytes(int field, ReadOnlyMemory<byte> value);

    /// <summary>Writes a message inside this one.</summary>
    public abstract void Message(int field, Action<ProtoFields> message);

    private sealed class Counter : ProtoFields
    {
        private long _bytes;

        public long Total => _bytes;

        public override void Int64(int field, long value) => Add(field, CodedOutputStream.ComputeInt64Size(value));

        public override void Float(int field, float value) => Add(field, CodedOutputStream.ComputeFloatSize(value));

        public override void String(int field, string value) => Add(field, CodedOutputStream.ComputeStringSize(value));

        public override void Bytes(int field, ReadOnlyMemory<byte> value) =>
            Add(field, (long)CodedOutputStream.ComputeLengthSize(value.Length) + value.Length);

        public override void Message(int field, Action<ProtoFields> message)
        {
            long length = Count(message);
            Add(field, CodedOutputStream.ComputeUInt64Size((ulong)length) + length);
        }

        private void Add(int field, long bytes) => _bytes += CodedOutputStream.ComputeTagSize(field) + bytes;
    }

    private sealed class Writer(CodedOutputStream stream) : ProtoFields
    {
        public override void Int64(int field, long value)
        {
            stream.WriteTag(field, WireFormat.WireType.Varint);
            stream.WriteInt64(value);
        }

        public override void Float(int field, float value)
        {
            stream.WriteTag(field, WireFormat.WireType.Fixed32);
            stream.WriteFloat(value);
        }

        public override void String(int field, string value)
        {
            stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
            stream.WriteString(value);
        }

        public override void Bytes(int field, ReadOnlyMemory<byte> value)
        {
            stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
            stream.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        }

        public override void Message(int field, Action<ProtoFields> message)
        {
            stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
            stream.WriteLength(checked((int)Count(message)));
            message(this);
        }
    }
}
