namespace Akimbo.Networks.Onnx.Format;

/// <summary>A setting of a node (onnx.proto, <c>AttributeProto</c>): a number, integers or text.</summary>
internal sealed class AttributeProto
{
    private const int FloatType = 1, IntType = 2, StringType = 3, IntsType = 7;

    private int _type;

    private AttributeProto(string name, int type)
    {
        Name = name;
        _type = type;
    }

    public string Name { get; private set; }

    public float F { get; private set; }

    public long I { get; private set; }

    public string S { get; private set; } = "";

    public IReadOnlyList<long> Ints { get; private set; } = [];

    public static AttributeProto Of(string name, float value) => new(name, FloatType) { F = value };

    public static AttributeProto Of(string name, long value) => new(name, IntType) { I = value };

    public static AttributeProto Of(string name, string value) => new(name, StringType) { S = value };

    public static AttributeProto Of(string name, params long[] values) => new(name, IntsType) { Ints = values };

    public void Write(ProtoFields fields)
    {
        fields.String(1, Name);
        if (_type == FloatType) fields.Float(2, F);
        if (_type == IntType) fields.Int64(3, I);
        if (_type == StringType) fields.String(4, S);
        foreach (long value in Ints) fields.Int64(8, value);
        fields.Int64(20, _type);
    }

    public static AttributeProto Parse(ReadOnlyMemory<byte> bytes)
    {
        var attribute = new AttributeProto("", 0);
        var ints = new List<long>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: attribute.Name = reader.String; break;
                case 2: attribute.F = reader.Float; break;
                case 3: attribute.I = reader.Int64; break;
                case 4: attribute.S = reader.String; break;
                case 8: ints.Add(reader.Int64); break;
                case 20: attribute._type = (int)reader.Int64; break;
            }
        }

        attribute.Ints = ints;
        return attribute;
    }
}
