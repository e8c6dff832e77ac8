using Akimbo.Tensors.Serialization;
using static Akimbo.Tensors.Tests.Serialization.Containers;

namespace Akimbo.Tensors.Tests.Serialization;

public class StateDictTests
{
    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("best_state_dict")]
    [InlineData("model")]
    [InlineData("net")]
    public void StateDict_UnderAUsualKey_IsFound(string key) =>
        Assert.Equal(["w"], Of(w => w.Dict(("best_acc", Tensor), (key, v => v.Dict(("w", Tensor))))).StateDict.Keys);

    [Fact]
    public void StateDict_OfTensorsAndNumbers_KeepsTheTensors() =>
        Assert.Equal(["b", "a"], Of(w => w.Dict(("b", Tensor), ("version", v => v.Int(1)), ("a", Tensor))).StateDict.Keys);

    [Fact]
    public void StateDict_WhereThereIsNone_SaysWhatThereIs()
    {
        Refused("a dict of 'epoch': an int, 'names': a list", w => w.Dict(("epoch", v => v.Int(1)), ("names", v => v.Op(']'))));
        Refused("the checkpoint is a tensor", Tensor);
        Refused("an empty dict", w => w.Op('}'));
        Refused("the checkpoint is None", w => w.None());
    }

    private static void Tensor(PickleWriter writer) => writer.Tensor("FloatStorage", "0", 2, 0, [2], [1]);

    private static void Refused(string expected, Action<PickleWriter> write)
    {
        var checkpoint = Of(write);
        Assert.Contains(expected, ReadError(() => _ = checkpoint.StateDict), StringComparison.Ordinal);
    }

    private static PyTorchCheckpoint Of(Action<PickleWriter> write)
    {
        var writer = new PickleWriter();
        write(writer);
        return PyTorchCheckpoint.Read(Zip(writer.ToArray(), ("0", Bytes(1f, 2))), Name);
    }
}
