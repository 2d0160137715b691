package io.github.deepcut.tensor;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * An operator of libtorch that the Java binding has no method for, called through libtorch's
 * dispatcher by the name that its schema has there, such as {@code aten::_fused_adamw_}.
 */
public final class Operator {
  private final OperatorHandle handle;

  /** The operator of that name and overload; fails where this libtorch has none. */
  public Operator(String name, String overload) {
    try (var scope = new PointerScope()) {
      handle = Dispatcher.singleton().findSchemaOrThrow(name, overload).retainReference();
    }
  }

  /**
   * Calls it with all its arguments in the order of the schema.
   *
   * @param arguments tensors, lists of tensors, numbers, booleans, or null for None
   */
  public void call(Object... arguments) {
    try (var scope = new PointerScope()) {
      IValueVector stack = new IValueVector();
      for (Object a : arguments) {
        stack.push_back(value(a));
      }
      Dispatcher.singleton().callBoxed(handle, stack);
    }
  }

  private static IValue value(Object a) {
    if (a == null) {
      return new IValue();
    } else if (a instanceof Tensor t) {
      return new IValue(t);
    } else if (a instanceof Boolean b) {
      return new IValue(b.booleanValue());
    } else if (a instanceof Number n) {
      return new IValue(n.doubleValue());
    }
    Type.TypePtr tensors = torch.unshapedType(TensorType.fromBoolType()); // "Tensor", any dtype
    GenericList list = new GenericList(tensors);
    ((List<?>) a).forEach(t -> list.push_back(new IValue((Tensor) t)));
    return new IValue(list);
  }
}
